/** Writing predictions and rejected events back to Kafka. */
@NullMarked
package dev.freshet.job.sink;

import org.jspecify.annotations.NullMarked;
