"""The screens, driven by keys at 80x24 as a person would, without a terminal."""
