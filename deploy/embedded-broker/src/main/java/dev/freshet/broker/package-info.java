/**
 * A real Kafka broker without an installation, and the topics of Freshet on any broker. The
 * one-machine default runs on it, and so do the tests of every module that speaks to Kafka. Entry
 * points: {@link dev.freshet.broker.EmbeddedBroker}, {@link dev.freshet.broker.TopicSetup}.
 */
@NullMarked
package dev.freshet.broker;

import org.jspecify.annotations.NullMarked;
