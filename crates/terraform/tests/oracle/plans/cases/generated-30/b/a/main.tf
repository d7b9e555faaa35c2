variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = "Grüße" != null
}

resource "terraform_data" "r2" {
  count = 3
  input = zipmap(["a", "d"], [element(concat(["z"], var.items), 1), trimspace(" ${var.name} ")])
}

locals {
  l3 = var.labels
  l4 = length(terraform_data.r2)
  l5 = (length(var.options.first) % 3 + local.l4)
}

resource "terraform_data" "r6" {
  for_each = toset(flatten([var.items, [var.options.first]]))
  input = "p-${trimspace(" ${var.password} ")}"
  triggers_replace = [var.options.first, 1]
}

locals {
  l7 = { a = var.options.first, b = var.options.first }
  l8 = tolist(toset([var.password, "set"]))
  l9 = terraform_data.r2[*].id
}

output "o10" {
  value = jsonencode({ name = "", size = length(terraform_data.r2) })
}

output "o11" {
  value = length(terraform_data.r2)
}

output "o12" {
  value = contains(values(terraform_data.r6)[*].input, var.password)
  sensitive = true
}

output "o13" {
  value = sort(tolist(sort(tolist(local.l8))))
  sensitive = true
}

output "o14" {
  value = var.labels
}

