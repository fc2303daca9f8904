package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Node;

/**
 * What logistic regression makes of a task's rows X: a text x has logits τ (⟨Aᵀ X, x⟩ + b).
 *
 * @param combination A, of rows as {@link LogisticRows} has them, [tasks, support, ways]
 * @param bias b, of a way with rows, what its few rows count in its favour included, [tasks, 1,
 *     ways]
 * @param scale τ, [tasks, 1, 1]
 * @param present 1 where a way has rows, [tasks, 1, ways]
 */
record LogisticFit(Node combination, Node bias, Node scale, Node present) {}
