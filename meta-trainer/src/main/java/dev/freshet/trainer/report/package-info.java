/**
 * An evaluation for people to read: a page of tables with plots beside it.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.report.EvaluationReport} is the page and the
 * entry point; its plots are accuracy by shots and the reliability diagram. The plotting library's
 * types do not leave this package.
 */
@NullMarked
package dev.freshet.trainer.report;

import org.jspecify.annotations.NullMarked;
