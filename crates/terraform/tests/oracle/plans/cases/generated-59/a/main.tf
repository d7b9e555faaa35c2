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
  l1 = (var.enabled ? length({ a = var.options.first, b = var.options.first }) : length({ for k, v in var.labels : k => upper(v) }))
  l2 = local.l1 % 3
  l3 = coalesce(var.name, "none") != null
}

resource "terraform_data" "r4" {
  input = substr("${substr("${var.options.first}-long", 0, 3)}-long", 0, 3)
  triggers_replace = [join("-", var.items), 1]
}

resource "terraform_data" "r5" {
  count = min(3, local.l1)
  input = [for x in split("-", "beta") : "${x}-${"%{ if local.l3 }yes%{ else }no%{ endif }"}"]
}

resource "terraform_data" "r6" {
  input = !(local.l2 > local.l2)
}

locals {
  l7 = var.labels
  l8 = sort(tolist(var.items))
  l9 = lookup(local.l7, "a", var.password)
}

resource "terraform_data" "r10" {
  count = min(3, length((terraform_data.r4.input != null ? "" : terraform_data.r4.input)))
  input = slice(concat(["s", terraform_data.r4.id], var.items), 0, 2)
}

locals {
  l11 = terraform_data.r4.input
  l12 = local.l2
  l13 = { for k, v in var.labels : "${k}-x" => v if k != "b" }
}

output "o14" {
  value = (var.enabled ? terraform_data.r6.id : var.password)
  sensitive = true
}

output "o15" {
  value = local.l2
}

output "o16" {
  value = contains(terraform_data.r5[*].id, join("-", tolist(["l"])))
}

output "o17" {
  value = formatlist("%s!", [terraform_data.r4.id, local.l9])
  sensitive = true
}

output "o18" {
  value = (terraform_data.r6.output ? tomap(var.options.tags) : tomap({ e = terraform_data.r4.id }))
}

