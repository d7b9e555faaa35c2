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
  l1 = var.labels
}

resource "terraform_data" "r2" {
  count = 1
  input = split("-", lookup({ for i, x in var.items : "k${i}" => x }, "a", lookup(var.labels, "a", var.password)))
  triggers_replace = ["${one([var.name])}-${count.index}", 1]
}

resource "terraform_data" "r3" {
  count = 0
  input = var.labels
}

resource "terraform_data" "r4" {
  count = min(3, (length(terraform_data.r3) + length(var.options.tags)))
  input = var.options.tags
}

locals {
  l5 = join("-", terraform_data.r3[*].id)
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = terraform_data.r4[*].id
}

locals {
  l7 = length(distinct(tolist(terraform_data.r2[*].id))) > 0
  l8 = length(sort(tolist(terraform_data.r2[*].id))) > 0
  l9 = sum([length(var.options.first), 1])
  l10 = [{ v = var.name }, { v = var.password }][*].v
}

output "o11" {
  value = trimspace(" ${var.password} ")
  sensitive = true
}

output "o12" {
  value = length(var.options.tags)
}

output "o13" {
  value = contains(reverse(terraform_data.r6[*].id), element(concat(["z"], terraform_data.r2[*].id), 1))
}

output "o14" {
  value = ["x", "y"]
}

output "o15" {
  value = local.l1
}

