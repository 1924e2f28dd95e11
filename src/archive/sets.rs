/// Disjoint sets of the numbers from 0, joined two by two. The same joins give the same sets in any order.
#[derive(Debug)]
pub(super) struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    /// As many sets of one number each.
    pub(super) fn new(n: usize) -> Self {
        Self { parent: (0..n).collect() }
    }

    /// The smallest number of a set.
    pub(super) fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins the sets of two numbers.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// All sets, each sorted; by their smallest numbers.
    pub(super) fn all(&mut self) -> Vec<Vec<usize>> {
        let mut at_root = vec![usize::MAX; self.parent.len()];
        let mut all: Vec<Vec<usize>> = Vec::new();
        for n in 0..self.parent.len() {
            let root = self.root(n);
            if at_root[root] == usize::MAX {
                at_root[root] = all.len();
                all.push(Vec::new());
            }
            all[at_root[root]].push(n);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_make_the_same_sets_in_any_order() {
        let sets = |joins: &[(usize, usize)]| {
            let mut sets = Sets::new(6);
            joins.iter().for_each(|(a, b)| sets.join(*a, *b));
            sets.all()
        };
        let expected = vec![vec![0, 4], vec![1], vec![2, 3, 5]];
        assert_eq!(sets(&[(2, 5), (5, 3), (0, 4)]), expected);
        assert_eq!(sets(&[(4, 0), (3, 5), (3, 2), (2, 5)]), expected);
    }
}
