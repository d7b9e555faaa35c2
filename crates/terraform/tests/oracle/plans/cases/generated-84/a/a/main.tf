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
  l1 = var.size
  l2 = coalesce(trimspace(" ${var.name} "), "none")
}

resource "terraform_data" "r3" {
  input = split("-", jsonencode([]))
}

locals {
  l4 = substr("${var.options.first}-long", 0, 3)
  l5 = local.l1 * 2
  l6 = "%{ if var.enabled }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r7" {
  input = var.password
}

locals {
  l8 = try(var.labels["zz"], local.l2) != null
}

output "o9" {
  value = tostring(max(var.size % 3, (false ? var.size : local.l1)))
}

output "o10" {
  value = local.l1 * 2
}

output "o11" {
  value = var.enabled
}

output "o12" {
  value = tolist(toset([replace(var.password, "a", "o"), "set"]))
  sensitive = true
}

output "o13" {
  value = var.options.tags
}

