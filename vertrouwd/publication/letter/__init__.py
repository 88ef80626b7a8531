"""The letter to the House: words are reviewed text, numbers are figures, claims are tested."""
