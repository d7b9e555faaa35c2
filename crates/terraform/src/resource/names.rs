//! Which attributes name resources. Whoever writes the same name in two of them means one thing, with a reference or without.

use graph::{NodeId, Resource, Tree};
use smol_str::SmolStr;

/// Types of resources, and the attribute that names one.
const NAMED: [(&str, &str); 5] = [
    ("aws_iam_role", "name"),
    ("aws_lambda_function", "function_name"),
    ("aws_s3_bucket", "bucket"),
    ("google_project", "project_id"),
    ("google_storage_bucket", "name"),
];

/// Types of resources, or how they begin, an attribute that names a resource, in a block where a dot says so, and its type.
///
/// Source: the pages of the types, such as
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_versioning>.
const NAMING: [(&str, &str, &str); 12] = [
    ("aws_cloudtrail", "s3_bucket_name", "aws_s3_bucket"),
    ("aws_iam_role_policy", "role", "aws_iam_role"),
    ("aws_iam_role_policy_attachment", "role", "aws_iam_role"),
    (
        "aws_lambda_function_url",
        "function_name",
        "aws_lambda_function",
    ),
    (
        "aws_lambda_permission",
        "function_name",
        "aws_lambda_function",
    ),
    ("aws_s3_bucket", "logging.target_bucket", "aws_s3_bucket"),
    ("aws_s3_bucket_*", "bucket", "aws_s3_bucket"),
    ("aws_s3_bucket_logging", "target_bucket", "aws_s3_bucket"),
    ("aws_s3_object", "bucket", "aws_s3_bucket"),
    ("google_project_*", "project", "google_project"),
    (
        "google_storage_bucket",
        "logging.log_bucket",
        "google_storage_bucket",
    ),
    ("google_storage_bucket_*", "bucket", "google_storage_bucket"),
];

/// The name of a resource, where resources of its type are named by an attribute.
#[must_use]
pub fn own_name(resource: &Resource) -> Option<&SmolStr> {
    let (_, attribute) = NAMED.iter().find(|(ty, _)| *ty == resource.kind)?;
    resource.tree.text(NodeId::ROOT, attribute)
}

/// The places in a resource that name others: the type of each, and its name.
pub fn names(resource: &Resource) -> impl Iterator<Item = (NodeId, &'static str, &SmolStr)> {
    let tree = &resource.tree;
    let naming = NAMING.iter().filter(|(ty, ..)| is_of(&resource.kind, ty));
    naming.flat_map(|(_, attribute, ty)| {
        let nodes = at(tree, attribute).into_iter();
        nodes.filter_map(|node| Some((node, *ty, tree.as_text(node)?)))
    })
}

fn is_of(kind: &str, ty: &str) -> bool {
    match ty.strip_suffix('*') {
        Some(begin) => kind.starts_with(begin),
        None => kind == ty,
    }
}

/// The attribute, in each block of its name.
fn at(tree: &Tree, attribute: &str) -> Vec<NodeId> {
    let Some((block, attribute)) = attribute.split_once('.') else {
        return tree.get(NodeId::ROOT, attribute).into_iter().collect();
    };
    let blocks = tree.get(NodeId::ROOT, block).into_iter();
    let blocks = blocks.flat_map(|list| tree.children(list));
    blocks
        .filter_map(|block| tree.get(block, attribute))
        .collect()
}
