/** Patterns over event streams, on the public API only. Empty so far: its floor is fixed. */
package io.millrace.cep;
