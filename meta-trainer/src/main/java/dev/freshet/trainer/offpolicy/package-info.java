/**
 * What a policy would have earned, from the log of another one.
 *
 * <p>Concepts, in order: a {@link dev.freshet.trainer.offpolicy.LoggedChoice} is an action with its
 * propensity and its reward; a {@link dev.freshet.trainer.offpolicy.BanditLog} is many of them; a
 * {@link dev.freshet.trainer.offpolicy.TargetPolicy} is what is asked about; an {@link
 * dev.freshet.trainer.offpolicy.Estimator} answers with an {@link
 * dev.freshet.trainer.offpolicy.Estimate}; a {@link dev.freshet.trainer.offpolicy.RewardModel} is
 * what the doubly robust one leans on. {@link dev.freshet.trainer.offpolicy.BanditSimulation} makes
 * logs whose truth is known. Entry points: {@link dev.freshet.trainer.offpolicy.BanditFile} and
 * {@link dev.freshet.trainer.offpolicy.OffPolicyEvaluation#estimates}.
 */
@NullMarked
package dev.freshet.trainer.offpolicy;

import org.jspecify.annotations.NullMarked;
