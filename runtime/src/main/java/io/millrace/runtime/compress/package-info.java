/**
 * Compression of blocks of bytes that are written to disk.
 *
 * <p>Way in: {@link io.millrace.runtime.compress.BlockCompression}. Threads: any.
 */
package io.millrace.runtime.compress;
