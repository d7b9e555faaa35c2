# Gives types to what has none while Terraform validates, which it does before it plans.

variable "id" {
  type = string
}

output "id" {
  value = var.id
}

variable "text" {
  type = string
}

output "text" {
  value = var.text
}

variable "number" {
  type = number
}

output "number" {
  value = var.number
}

variable "bool" {
  type = bool
}

output "bool" {
  value = var.bool
}

variable "list" {
  type = list(string)
}

output "list" {
  value = var.list
}

variable "numbers" {
  type = list(number)
}

output "numbers" {
  value = var.numbers
}

variable "set" {
  type = set(string)
}

output "set" {
  value = var.set
}

variable "map" {
  type = map(string)
}

output "map" {
  value = var.map
}

variable "tuple" {
  type = tuple([string, number])
}

output "tuple" {
  value = var.tuple
}

variable "object" {
  type = object({ a = string, b = number })
}

output "object" {
  value = var.object
}

variable "nested" {
  type = list(object({ name = string, tags = list(string) }))
}

output "nested" {
  value = var.nested
}
