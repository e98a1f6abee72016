"""What is kept: saved deployments, the codec they share with hand-written files and plans, locks, settings.

Knows the model only. Importing a module of this package is cheap: nothing here imports pydantic, and
`platformdirs` only where a folder has to be found.
"""
