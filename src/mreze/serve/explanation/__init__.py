"""Why a query finds nothing: what it asks for, read and held against what the release has."""
