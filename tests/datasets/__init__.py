"""Tests of digitnet/datasets."""
