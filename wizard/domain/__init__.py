"""What follows from what is known: walk, predict, assess, plan, diagnose. Pure: no file, no clock."""
