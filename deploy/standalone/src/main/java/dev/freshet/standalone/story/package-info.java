/**
 * One task's history, folded as the job folds it.
 *
 * <p>Entry point: {@link dev.freshet.standalone.story.TaskStory}.
 */
@NullMarked
package dev.freshet.standalone.story;

import org.jspecify.annotations.NullMarked;
