"""How load, size, memory and answers grow with the number of statements, and what follows.

Each step of each size is measured into a file of its own, so that a run may be cut at any
time and goes on where it was. ``plan`` makes of the measured numbers those of a plan.
"""
