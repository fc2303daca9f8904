/**
 * Runs releases: adapts ragged tasks in batches through ONNX Runtime and answers their queries.
 *
 * <p>A {@link dev.freshet.adaptation.runtime.Device} is asked for, an {@link
 * dev.freshet.adaptation.runtime.Engine} is what runs. A {@link
 * dev.freshet.adaptation.runtime.ReleaseLoader} opens verified releases; a {@link
 * dev.freshet.adaptation.runtime.SupportSet} is what a task has shown so far, made of {@link
 * dev.freshet.adaptation.runtime.SupportVector}s that remember their digests; an {@link
 * dev.freshet.adaptation.runtime.Adapter} turns it into an {@link
 * dev.freshet.adaptation.runtime.AdaptedTask} and that, with queries, into scores, or into the best
 * items of a catalogue.
 *
 * <p>Start at {@link dev.freshet.adaptation.runtime.ReleaseLoader}. ONNX Runtime's types do not
 * leak out of this package.
 */
@NullMarked
package dev.freshet.adaptation.runtime;

import org.jspecify.annotations.NullMarked;
