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
  l1 = var.items
  l2 = { a = "${"p-${var.name}"}-${var.size}", b = one([jsonencode(var.items)]) }
}

resource "terraform_data" "r3" {
  for_each = { a = var.options.first, b = element(concat(["z"], var.items), 1) }
  input = startswith(each.key, "p")
}

resource "terraform_data" "r4" {
  for_each = { a = format("%s/%03d", var.options.first, length(var.options.tags)) }
  input = max(var.size, var.size) * 2
}

locals {
  l5 = can({ for k, r in terraform_data.r4 : k => r.id }.a)
}

resource "terraform_data" "r6" {
  input = length(var.password)
  triggers_replace = ["p-${var.password}", 1]
}

locals {
  l7 = tostring(terraform_data.r6.input)
  l8 = !(local.l5)
  l9 = upper(jsonencode(tolist([terraform_data.r6.id, var.password])))
  l10 = var.labels
}

output "o11" {
  value = element(concat(["z"], tolist(["l"])), 1)
}

output "o12" {
  value = length(local.l2)
}

output "o13" {
  value = can(local.l10.a)
}

output "o14" {
  value = sort(tolist(slice(concat(["s", terraform_data.r6.id], keys(terraform_data.r3)), 0, 2)))
}

output "o15" {
  value = local.l10
}

