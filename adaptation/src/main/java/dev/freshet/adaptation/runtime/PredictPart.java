package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.onnx.Signature;

/**
 * The part of a predict graph that some of its outputs need.
 *
 * @param session its own: what other heads need is not run
 * @param signature what it takes and gives
 */
record PredictPart(SharedSession session, Signature signature) {}
