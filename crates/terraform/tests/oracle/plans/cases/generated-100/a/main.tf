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
  l1 = max(((var.size + var.size) + (var.enabled ? var.size : var.size)), var.size)
  l2 = var.password
  l3 = length(var.labels)
  l4 = formatlist("%s!", formatlist("%s!", []))
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = [for x in local.l4 : "${x}-${var.name}"]
  triggers_replace = [replace(var.options.first, "a", "o"), 1]
}

resource "terraform_data" "r6" {
  count = 3
  input = jsonencode({ name = tostring(7), size = (var.size + var.size) })
}

resource "terraform_data" "r7" {
  count = 3
  input = [for k, v in var.options.tags : "${k}=${v}"]
}

locals {
  l8 = length({ a = element(concat(["z"], terraform_data.r5[*].id), 1) })
  l9 = contains(terraform_data.r5[*].id, try(terraform_data.r6[0].output, "none"))
}

resource "terraform_data" "r10" {
  input = { for k, v in { a = lookup(var.labels, "a", var.password), b = var.options.first } : "${k}-x" => v if k != "b" }
  triggers_replace = [lookup(zipmap(["a", "d"], [jsonencode(["x", "y"]), "${"alpha"}-${local.l8}"]), "a", replace(upper(var.password), "a", "o")), 1]
}

locals {
  l11 = length(terraform_data.r5) > length(terraform_data.r6)
  l12 = local.l9
  l13 = terraform_data.r10.input
  l14 = { for i, x in [for x in terraform_data.r6[*].id : x if x != "beta"] : "k${i}" => x }
}

output "o15" {
  value = "${coalesce(join("-", var.items), "none")}-${length(terraform_data.r6)}"
}

output "o16" {
  value = length(terraform_data.r5[*].id)
}

output "o17" {
  value = "${replace(terraform_data.r10.id, "a", "o")}-${sum([length(terraform_data.r5), 1])}" != null
}

output "o18" {
  value = [var.options.first]
}

output "o19" {
  value = ((local.l12 && local.l12) ? tomap({ for k, v in terraform_data.r10.output : "${k}-x" => v if k != "b" }) : tomap({ e = "%{ for x in terraform_data.r5[*].id }<${x}>%{ endfor }" }))
  sensitive = true
}

