"""Pictures of the main screens, made from the real program: `python -m tests.screenshots`."""
