/**
 * Why a handoff was asked for where abuse is likely. The desk reads it: nothing may be sent then that the resident has not asked for, and
 * nobody calls.
 */
export const QUIET_EMERGENCY = 'emergency-quiet';
