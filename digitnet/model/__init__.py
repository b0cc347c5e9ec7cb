"""Trained models: network, normalisation, confidence, scores, history, and their files."""
