"""What a team needs beside the glossary: tokens, an audit trail, versions, backups."""
