resource "terraform_data" "a" {
  input = "x"

  lifecycle {
    precondition {
      condition     = length("x") > 1
      error_message = "Too short."
    }
  }
}
