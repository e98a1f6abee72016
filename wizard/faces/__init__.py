"""What people see: each face shows the same plan and decides nothing."""
