restrict = false # finding public-access-not-blocked
