package io.millrace.runtime.checkpoint;

import io.millrace.api.file.Path;

/**
 * A mark of a fork that was found. Immutable.
 *
 * @param path of its file
 * @param placedAtMs when it was made, milliseconds since the epoch
 */
public record PlacedMark(Path path, ForkMark mark, long placedAtMs) {}
