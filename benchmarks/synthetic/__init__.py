"""Made-up statements of any number that keep the shape of the real data.

``shape`` holds what was measured on the real sets, ``world`` tells a world of that shape
Games by Games, and ``measuring`` measures either, so that a test can hold them together.
"""
