variable "size" {
  default = 3

  validation {
    condition     = var.size > 0 && var.size < 10
    error_message = "Size must be small, not ${var.size}."
  }
}

resource "terraform_data" "checked" {
  input = var.size

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = var.size != 5
      error_message = "Not five."
    }

    postcondition {
      condition     = self.input == var.size
      error_message = "Not itself."
    }
  }
}

check "health" {
  assert {
    condition     = terraform_data.checked.input == 3
    error_message = "Unwell."
  }
}

moved {
  from = terraform_data.old
  to   = terraform_data.checked
}

removed {
  from = terraform_data.gone

  lifecycle {
    destroy = false
  }
}

output "size" {
  value = terraform_data.checked.input

  precondition {
    condition     = length(tostring(var.size)) == 1
    error_message = "Long."
  }
}
