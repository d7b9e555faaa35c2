encrypted = false # finding database-not-encrypted
