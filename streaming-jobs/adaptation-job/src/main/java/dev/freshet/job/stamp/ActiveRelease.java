package dev.freshet.job.stamp;

import dev.freshet.job.log.ReleaseStamp;

/** The release in force for a lineage in one partition, as it is kept in the job's state. */
record ActiveRelease(int partition, String lineage, ReleaseStamp stamp) {}
