/**
 * Episodes: few-shot tasks drawn from a corpus, with the questions that judge what was made of
 * them. They share no class with what was trained on; a leak is refused.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.episode.Ways} and a number of shots give an
 * episode its size; an {@link dev.freshet.trainer.episode.Episode} is the texts of one; entry
 * point: {@link dev.freshet.trainer.episode.EpisodeSampler}. Texts only: what encodes them is
 * another's business.
 */
@NullMarked
package dev.freshet.trainer.episode;

import org.jspecify.annotations.NullMarked;
