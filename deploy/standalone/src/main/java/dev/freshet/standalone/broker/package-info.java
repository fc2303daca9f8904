/**
 * The broker as the command line sees it: one that it starts, or one that it is pointed at.
 *
 * <p>Concepts, in order: a {@link dev.freshet.standalone.broker.BrokerProcess} is the embedded
 * broker in a child JVM that ends with its parent; a {@link
 * dev.freshet.standalone.broker.BrokerHost} is what runs in that child; a {@link
 * dev.freshet.standalone.broker.BrokerLink} is an address that answers.
 */
@NullMarked
package dev.freshet.standalone.broker;

import org.jspecify.annotations.NullMarked;
