/**
 * How values become bytes, as programs see it: encoders of files; and serializers, comparators and
 * their snapshots for programs that bring their own. Way in: {@link
 * io.millrace.api.serialization.Encoder}, {@link io.millrace.api.serialization.TypeSerializer}. The
 * engine's own serializers stand behind {@code TypeInformation.createSerializer}. Confined to the
 * task that uses them, unless a class says otherwise.
 */
package io.millrace.api.serialization;
