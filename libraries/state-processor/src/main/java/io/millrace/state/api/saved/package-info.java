/**
 * What a savepoint or checkpoint has, and where it lies on storage, whatever its form. Immutable;
 * any thread.
 */
package io.millrace.state.api.saved;
