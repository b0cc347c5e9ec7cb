"""What is made up to learn from: digits distorted, drawn and shrunk, and what is no digit."""
