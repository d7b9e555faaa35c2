component "a" {}
