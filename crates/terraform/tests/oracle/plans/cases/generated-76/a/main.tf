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
  l1 = (contains(var.items, var.name) && can({}.a))
  l2 = var.labels
  l3 = var.labels
}

resource "terraform_data" "r4" {
  count = 1
  input = join("-", var.items)
}

locals {
  l5 = flatten([tolist(["l"]), [var.options.first]])
  l6 = var.size
  l7 = { a = try(terraform_data.r4[0].output, "none"), b = try(terraform_data.r4[0].output, "none") }
}

resource "terraform_data" "r8" {
  input = var.options.first == "alpha"
}

locals {
  l9 = var.name
  l10 = !(startswith(terraform_data.r8.id, "p"))
}

output "o11" {
  value = coalesce(var.name, "none")
}

output "o12" {
  value = var.size
}

output "o13" {
  value = contains([local.l9], terraform_data.r8.id)
}

output "o14" {
  value = values(var.options.tags)
}

output "o15" {
  value = { a = local.l9 }
}

