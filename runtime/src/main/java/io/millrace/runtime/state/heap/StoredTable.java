package io.millrace.runtime.state.heap;

import io.millrace.runtime.state.PieceChain;

/**
 * What a checkpoint has of one table. Immutable.
 *
 * @param version what changed after it the checkpoint does not have
 */
record StoredTable(PieceChain chain, int version) {}
