package dev.freshet.standalone.demo;

/** Of a record in the log of task events. */
record Position(int partition, long offset) {}
