"""The mailbox of a reporter: opened with reference and code, read, answered, and closed again."""
