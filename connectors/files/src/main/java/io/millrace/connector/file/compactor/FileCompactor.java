package io.millrace.connector.file.compactor;

import java.io.Serializable;

/**
 * Puts files together. An own one extends {@link OutputStreamBasedFileCompactor} or {@link
 * RecordWiseFileCompactor}. Used by many threads, each for one file at a time.
 */
public interface FileCompactor extends Serializable {}
