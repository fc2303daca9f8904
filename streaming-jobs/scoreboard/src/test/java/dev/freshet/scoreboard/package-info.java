/** Tests of the scoreboard: its rules in memory, and itself against a real broker. */
@NullMarked
package dev.freshet.scoreboard;

import org.jspecify.annotations.NullMarked;
