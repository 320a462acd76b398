"""The rules, pure: bodies, trees and declarations in, a merged body or a list of what differs out."""
