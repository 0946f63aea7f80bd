/**
 * Files, wherever they lie. Way in: {@link io.millrace.api.file.FileSystem#get}, {@link
 * io.millrace.api.file.Path}. The local file system is here; others are installed by the process or
 * found as services. File systems are thread-safe; streams are confined to their user.
 */
package io.millrace.api.file;
