deployment "a" {}
