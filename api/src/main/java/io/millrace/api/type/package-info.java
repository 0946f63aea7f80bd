/**
 * What records look like: descriptions of types, found by reflection from generic signatures or
 * given by the program. A description names fields, elements and how to reach them, and no more:
 * the runtime generates serializers, copiers and comparators from it. Way in: {@link
 * io.millrace.api.type.TypeInformation}, {@link io.millrace.api.type.Types}. Immutable; any thread;
 * travels by Java serialization with the job.
 */
package io.millrace.api.type;
