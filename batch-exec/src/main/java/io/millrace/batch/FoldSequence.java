package io.millrace.batch;

/** Folds in ascending order of their key hashes. Confined to its reader. */
interface FoldSequence {
    /** Null after the last one. */
    FoldFormat.Fold next() throws Exception;
}
