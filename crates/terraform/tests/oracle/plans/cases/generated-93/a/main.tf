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
  l1 = [var.options.first]
  l2 = !(var.enabled)
  l3 = length({ for i, x in [] : "k${i}" => x })
}

resource "terraform_data" "r4" {
  input = var.size % 3
}

locals {
  l5 = { a = "m" }
  l6 = "beta"
}

resource "terraform_data" "r7" {
  count = min(3, length({ for k, v in merge(var.options.tags, { b = local.l6 }) : k => upper(v) }))
  input = (var.password != null || !(var.enabled))

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l8 = var.options.first
}

output "o9" {
  value = "${local.l6}-${length(local.l1)}"
}

output "o10" {
  value = length({ a = "%{ for x in terraform_data.r7[*].id }<${x}>%{ endfor }" })
}

output "o11" {
  value = var.enabled
}

output "o12" {
  value = slice(concat(["s", var.password], sort(tolist(var.items))), 0, 2)
  sensitive = true
}

output "o13" {
  value = (length(terraform_data.r7[*].id) > 0 ? tomap({ for k, v in { for k, v in { a = "m" } : k => upper(v) } : "${k}-x" => v if k != "b" }) : tomap({ e = var.name }))
}

