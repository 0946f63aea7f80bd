/**
 * Bytes from objects and back: generated serializers and copiers for user types and for our own
 * messages. Way in: {@code Serializers}. Serializers are immutable once made; readers and writers
 * are confined to their user. Design: {@code docs/design/serde.md}.
 */
package io.millrace.runtime.serde;
