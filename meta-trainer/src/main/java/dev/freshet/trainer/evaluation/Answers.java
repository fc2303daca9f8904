package dev.freshet.trainer.evaluation;

import java.util.List;

/**
 * What a contestant answered to a batch of trials.
 *
 * @param probabilities of each trial and each of its questions, a number for each way
 * @param adaptNanos how long adapting to all the supports took, without the questions
 */
record Answers(List<List<double[]>> probabilities, long adaptNanos) {}
